#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Mixtral 8x7B, a model with experts, with Megatron-Core on 64 GPUs. It is imported, and the report says why it is not
# simulated yet:
#
#   dryrun import megatron examples/import/mixtral-8x7b.sh --node dgx-h100
export CUDA_DEVICE_MAX_CONNECTIONS=1
export NCCL_NVLS_ENABLE=0

GPUS_PER_NODE=8
NUM_NODES=${SLURM_NNODES:-8}

MODEL_ARGS=(
    --use-mcore-models
    --disable-bias-linear
    --seq-length 4096
    --max-position-embeddings 32768
    --num-layers 32
    --hidden-size 4096
    --ffn-hidden-size 14336
    --num-attention-heads 32
    --init-method-std 0.01
    --attention-dropout 0.0
    --hidden-dropout 0.0
    --normalization RMSNorm
    --position-embedding-type rope
    --swiglu
    --untie-embeddings-and-output-weights
    --group-query-attention
    --num-query-groups 8
    --no-masked-softmax-fusion
    --rotary-base 1000000
)

MOE_ARGS=(
    --num-experts 8
    --moe-router-topk 2
    --moe-router-load-balancing-type aux_loss
    --moe-aux-loss-coeff 1e-2
    --moe-grouped-gemm
    --moe-token-dispatcher-type alltoall
    --expert-model-parallel-size 8
)

TRAINING_ARGS=(
    --micro-batch-size 1
    --global-batch-size 256
    --train-iters 500000
    --lr 1e-4
    --lr-decay-style cosine
    --min-lr 1.0e-5
    --bf16
    --overlap-grad-reduce
    --overlap-param-gather
    --tokenizer-type Llama2Tokenizer
    --tokenizer-model /models/mixtral/tokenizer.model
    --mock-data
)

torchrun --nproc_per_node $GPUS_PER_NODE --nnodes $NUM_NODES --node_rank ${RANK:-0} \
    --master_addr ${MASTER_ADDR:-localhost} --master_port 29500 \
    pretrain_gpt.py ${MODEL_ARGS[@]} ${MOE_ARGS[@]} ${TRAINING_ARGS[@]} \
    --tensor-model-parallel-size 1 \
    --pipeline-model-parallel-size 4 \
    --use-distributed-optimizer
