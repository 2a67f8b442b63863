#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# One node, sequence parallelism and selective recomputation, in the manner of 2022, with a function that launches and
# a choice by the size of the model. The sizes are those of Korthikanti et al., 2022 (arXiv:2205.05198, table 3).

SIZE=${1:-22b}
case $SIZE in
    22b)
        LAYERS=48; HIDDEN=6144; HEADS=64; TP=8; PP=1; BATCH=4 ;;
    175b)
        LAYERS=96; HIDDEN=12288; HEADS=96; TP=8; PP=8; BATCH=64 ;;
    *)
        echo "no such size: $SIZE" >&2
        exit 1
        ;;
esac

if [ $HIDDEN -gt 8192 ] && [ $PP -eq 1 ]; then
    PP=2
elif (( LAYERS % PP )); then
    echo "uneven stages"; exit 1
else
    MODE="even"
fi

common=(
    --num-layers=$LAYERS
    --hidden-size=$HIDDEN
    --num-attention-heads=$HEADS
    # positions and length are the same
    --seq-length=2048
    --max-position-embeddings=2048
)

launch() {
    local extra="$1"
    CUDA_DEVICE_MAX_CONNECTIONS=1 python -m torch.distributed.run --nproc-per-node=8 --nnodes=1 \
        /opt/megatron-lm/pretrain_gpt.py "${common[@]}" \
        --tensor-model-parallel-size $TP --pipeline-model-parallel-size $PP \
        --micro-batch-size 4 --global-batch-size $BATCH \
        --sequence-parallel --recompute-activations \
        --accumulate-allreduce-grads-in-fp32 \
        --train-iters 100 --lr 0.00015 --lr-decay-style cosine \
        --data-path "$DATA" --vocab-size 51200 --split 949,50,1 \
        --fp16 $extra
}

for run in first second; do
    launch "--log-interval 1"
done
