"""Under what terms others may use the record."""

# The facts are nobody's. The passages are quotations, and belong to whom the source names.
LICENSE = {
    "name": "CC0-1.0",
    "path": "https://creativecommons.org/publicdomain/zero/1.0/",
    "title": "Creative Commons Zero v1.0 Universal; quoted passages excepted",
}
