#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A launch of 2019: tensor parallelism alone, the batch size is that of a replica.

GPUS_PER_NODE=16
NNODES=32
NODE_RANK=0
MASTER_ADDR=localhost
MASTER_PORT=6000
WORLD_SIZE=$(($GPUS_PER_NODE*$NNODES))

DISTRIBUTED_ARGS="--nproc_per_node $GPUS_PER_NODE --nnodes $NNODES --node_rank $NODE_RANK --master_addr $MASTER_ADDR --master_port $MASTER_PORT"

python -m torch.distributed.launch $DISTRIBUTED_ARGS \
    pretrain_gpt2.py \
    --model-parallel-size 8 \
    --num-layers 72 \
    --hidden-size 3072 \
    --num-attention-heads 24 \
    --batch-size 8 \
    --seq-length 1024 \
    --max-position-embeddings 1024 \
    --train-iters 300000 \
    --lr-decay-iters 300000 \
    --save $CHECKPOINT_PATH \
    --load $CHECKPOINT_PATH \
    --data-path $DATA_PATH \
    --vocab-file gpt2-vocab.json \
    --merge-file gpt2-merges.txt \
    --tokenizer-type GPT2BPETokenizer \
    --data-impl mmap \
    --split 949,50,1 \
    --distributed-backend nccl \
    --lr 0.00015 \
    --lr-decay-style cosine \
    --min-lr 1.0e-5 \
    --weight-decay 1e-2 \
    --warmup .01 \
    --checkpoint-activations \
    --log-interval 100 \
    --save-interval 10000 \
    --eval-interval 1000 \
    --eval-iters 10 \
    --fp16
