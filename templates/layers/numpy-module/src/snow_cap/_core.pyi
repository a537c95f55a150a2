import numpy as np
from numpy.typing import NDArray

def rolling_mean(values: NDArray[np.float64], window: int) -> NDArray[np.float64]: ...
