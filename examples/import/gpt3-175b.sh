#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# GPT-3 175B on 1,024 GPUs with the strategy of Narayanan et al., SC 2021 (arXiv:2104.04473), as a Slurm job for
# Megatron-LM of that year. Run dryrun on it, not sbatch:
#
#   dryrun import megatron examples/import/gpt3-175b.sh --node dgx-a100-80gb --site selene
#
#SBATCH --job-name=gpt3-175b
#SBATCH --nodes=128 --ntasks-per-node=8 --gpus-per-node=8
#SBATCH --exclusive --time=04:00:00

TP=8
PP=16
MICRO_BATCH=1
GLOBAL_BATCH=1536
NLAYERS=96
NHIDDEN=12288
NHEADS=96
SEQ_LEN=2048
INTERLEAVE=3                              # chunks of a stage

LAYERS_PER_CHUNK=$(( NLAYERS / PP / INTERLEAVE ))
DATA_PATH=${DATA_PATH:-/data/corpus_text_document}

options=" \
    --tensor-model-parallel-size ${TP} \
    --pipeline-model-parallel-size ${PP} \
    --num-layers-per-virtual-pipeline-stage ${LAYERS_PER_CHUNK} \
    --num-layers ${NLAYERS} \
    --hidden-size ${NHIDDEN} \
    --num-attention-heads ${NHEADS} \
    --seq-length ${SEQ_LEN} \
    --max-position-embeddings ${SEQ_LEN} \
    --micro-batch-size ${MICRO_BATCH} \
    --global-batch-size ${GLOBAL_BATCH} \
    --train-samples 146484375 \
    --lr-decay-samples 126953125 \
    --lr-warmup-samples 183105 \
    --lr 6.0e-5 \
    --min-lr 6.0e-6 \
    --lr-decay-style cosine \
    --clip-grad 1.0 \
    --weight-decay 0.1 \
    --adam-beta1 0.9 \
    --adam-beta2 0.95 \
    --init-method-std 0.006 \
    --data-path ${DATA_PATH} \
    --vocab-file gpt2-vocab.json \
    --merge-file gpt2-merges.txt \
    --tokenizer-type GPT2BPETokenizer \
    --split 98,2,0 \
    --log-interval 10 \
    --eval-iters 50 \
    --eval-interval 1000 \
    --checkpoint-activations \
    --DDP-impl local \
    --fp16"

srun --label bash -c "cd /opt/megatron-lm && python -u pretrain_gpt.py ${options}"
