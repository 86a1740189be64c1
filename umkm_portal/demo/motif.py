"""What draws a picture: given a sheet and the look chosen for the product's name."""

from collections.abc import Callable

from umkm_portal.demo.canvas import Canvas
from umkm_portal.demo.scene import Look

Motif = Callable[[Canvas, Look], None]
