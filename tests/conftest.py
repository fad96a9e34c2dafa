"""Fixtures that several test modules use."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("support")
