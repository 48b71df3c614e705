"""
The notebooks' features and a small LSTM in Keras, which is what most of them have: the network of notebook_torch.py, asked
for each clip by `model.predict`, as they ask it.
"""

import os

# Before TensorFlow is loaded, which says much and looks for GPUs.
os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1", "KERAS_BACKEND": "tensorflow"}

import keras
import librosa
import numpy as np
import tensorflow as tf
from keras import layers

from notebook_features import VALUES, features
from turns import LABELS, take_turns

tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)

network = keras.Sequential(
    [
        keras.Input((VALUES, 1)),
        layers.LSTM(128),
        layers.Dense(64, activation="relu"),
        layers.Dense(LABELS, activation="softmax"),
    ]
)


def read(audio: tuple[np.ndarray, int]) -> int:
    values = features(audio).reshape(1, -1, 1)
    return int(network.predict(values, verbose=0).argmax())


if __name__ == "__main__":
    take_turns(librosa.load, read, tf.config.threading.get_intra_op_parallelism_threads)
