from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home/home.html")


@login_not_required
def persistent(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    return HttpResponse()


def desk(request: HttpRequest) -> HttpResponse:
    return render(request, "home/home.html")


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "core/not_found.html", status=404)


@login_not_required
def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "core/not_allowed.html", status=403)


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "core/broken.html", status=500)


@login_not_required
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "home/about.html")


@login_not_required
def door(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "home/door.html")
