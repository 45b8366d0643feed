"""Calendar addresses for machines: without language prefix, so that they never change."""

urlpatterns: list = []
