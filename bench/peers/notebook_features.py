"""
The features of notebooks about TESS and RAVDESS: librosa's, averaged over the clip.

The 162 values are the usual ones (zero crossing rate 1, chroma 12, MFCC 20, RMS 1, mel spectrogram 128) at librosa's
own settings: 22,050 Hz, frames of 2048, every 512 samples. Each is computed from the samples, as notebooks do, but for
the chroma's spectrogram. Notebooks cut clips to 2.5 or 3 s; here they are read whole, as Timbre reads them.
"""

import librosa
import numpy as np

VALUES = 162


def features(audio: tuple[np.ndarray, int]) -> np.ndarray:
    """(`VALUES`,) means over time, float32; `audio` as `librosa.load` gives it."""
    y, sr = audio
    rows = [
        librosa.feature.zero_crossing_rate(y=y),
        librosa.feature.chroma_stft(S=np.abs(librosa.stft(y)), sr=sr),
        librosa.feature.mfcc(y=y, sr=sr),
        librosa.feature.rms(y=y),
        librosa.feature.melspectrogram(y=y, sr=sr),
    ]
    return np.concatenate([row.mean(axis=1) for row in rows]).astype(np.float32)
