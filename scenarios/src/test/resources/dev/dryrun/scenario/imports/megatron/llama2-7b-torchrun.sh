#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A small job whose GPUs are left open, with the width of the MLP left to the default of SwiGLU and a batch that
# follows from the replicas.
MP=${TP_SIZE:=2}
MODEL="--num-layers 32 --hidden-size 4096 --num-attention-heads 32 --swiglu --use-rotary-position-embeddings"
MODEL+=" --max-position-embeddings 4096 --disable-bias-linear --normalization RMSNorm"
MODEL+=" --untie-embeddings-and-output-weights --attention-dropout 0 --hidden-dropout 0"
EXTRA=
if [ -f /etc/cluster.conf ]; then
    EXTRA="--no-rope-fusion"
else
    EXTRA="--no-bias-swiglu-fusion"
fi
nsys profile -o report torchrun --nproc_per_node=gpu --nnodes=$NUM_WORKERS train/pretrain_gpt.py $MODEL \
  --tokenizer-type Llama2Tokenizer --tokenizer-model tokenizer.model --seq-length 4096 \
  --micro-batch-size 2 --tensor-model-parallel-size $MP --sequence-parallel --bf16 --use-flash-attn \
  --recompute-granularity full --recompute-method block --recompute-num-layers 8 \
  --mock-data --train-iters 50 $EXTRA --num-layer 3 --fancy-new-option 7 8
