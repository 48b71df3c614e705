"""
openSMILE's eGeMAPSv02 (88 functionals of a clip) and a support vector machine with a radial kernel.

The machine is fitted to random vectors: as many support vectors as some hundred labelled clips would leave it.
"""

import audiofile
import numpy as np
import opensmile
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from turns import LABELS, take_turns

TRAINING_CLIPS = 700

smile = opensmile.Smile(
    feature_set=opensmile.FeatureSet.eGeMAPSv02,
    feature_level=opensmile.FeatureLevel.Functionals,
    num_workers=1,
)
random = np.random.default_rng(0)
machine = make_pipeline(StandardScaler(), SVC())
machine.fit(random.normal(size=(TRAINING_CLIPS, smile.num_features)), np.arange(TRAINING_CLIPS) % LABELS)


def read(audio: tuple[np.ndarray, int]) -> int:
    signal, sr = audio
    return int(machine.predict(smile.process_signal(signal, sr).to_numpy())[0])


if __name__ == "__main__":
    take_turns(audiofile.read, read, lambda: smile.process.num_workers)
