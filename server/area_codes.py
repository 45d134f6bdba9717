"""Area codes of the United States, by state, and which stand in for one in which no number is free.

Source: the North American Numbering Plan, as the geographic data of `phonenumbers` gives it. Codes that lie over each
other in one city come before the rest of the state.
"""

_STATES = """
AL 205 251 256 334 659 938
AK 907
AZ 480 520 602 623 928
AR 327 479 501 870
CA 209 213 279 310 323 341 350 369 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 707 714 738 747 760 805
CA 818 820 831 840 858 909 916 925 949 951
CO 303 719 720 748 970 983
CT 203 475 860 959
DE 302
DC 202 771
FL 239 305 321 324 352 386 407 448 561 645 656 689 727 728 754 772 786 813 850 863 904 941 954
GA 229 404 470 478 678 706 762 770 912 943
HI 808
ID 208 986
IL 217 224 309 312 331 447 464 618 630 708 730 773 779 815 847 872
IN 219 260 317 463 574 765 812 930
IA 319 515 563 641 712
KS 316 620 785 913
KY 270 364 502 606 859
LA 225 318 337 504 985
ME 207
MD 227 240 301 410 443 667
MA 339 351 413 508 617 774 781 857 978
MI 231 248 269 313 517 586 616 734 810 906 947 989
MN 218 320 507 612 651 763 952
MS 228 601 662 769
MO 235 314 417 557 573 636 660 816 975
MT 406
NE 308 402 531
NV 702 725 775
NH 603
NJ 201 551 609 640 732 848 856 862 908 973
NM 505 575
NY 212 315 329 332 347 363 516 518 585 607 631 646 680 716 718 838 845 914 917 929 934
NC 252 336 472 704 743 828 910 919 980 984
ND 701
OH 216 220 234 283 326 330 380 419 440 513 567 614 740 937
OK 405 539 572 580 918
OR 458 503 541 971
PA 215 223 267 272 412 445 484 570 582 610 717 724 814 835 878
PR 787 939
RI 401
SC 803 821 839 843 854 864
SD 605
TN 423 615 629 731 865 901 931
TX 210 214 254 281 325 346 361 409 430 432 469 512 682 713 726 737 806 817 830 832 903 915 936 940 945 956 972 979
UT 385 435 801
VT 802
VI 340
VA 276 434 540 571 686 703 757 804 826 948
WA 206 253 360 425 509 564
WV 304 681
WI 262 274 353 414 534 608 715 920
WY 307
"""
_CITIES = """
212 646 332 917 718 347 929
312 872 773
213 323 310 424
415 628 510 341
408 669
619 858
714 657 949
305 786 645
407 689 321
404 470 678 770 943
617 857 781 339
214 469 972 945
713 281 832 346
512 737
210 726
602 480 623
303 720 983
702 725
206 253 425 564
503 971
215 267 445 610 484
412 878 724
614 380
216 440
513 283
313 248 947 734
612 763 952 651
414 262
314 557 636
816 975
615 629
202 771
201 551
973 862
"""
_BY_STATE = [line.split() for line in _STATES.strip().splitlines()]
_STATE = {code: state for state, *codes in _BY_STATE for code in codes}
_CITY = {code: line.split() for line in _CITIES.strip().splitlines() for code in line.split()}


def is_one(text: str) -> bool:
    """Whether this is an area code of ours (three digits)."""
    return text in _STATE


def of(e164: str) -> str | None:
    """The area code of a phone number of ours (E.164)."""
    code = e164[2:5] if e164.startswith("+1") and len(e164) == 12 else ""
    return code if is_one(code) else None


def near(code: str) -> list[str]:
    """Which codes stand in for this one: the same city's first, then the state's."""
    state = _STATE.get(code)
    all_of_it = [*_CITY.get(code, ()), *(each for each, where in _STATE.items() if where == state)]
    return [each for each in dict.fromkeys(all_of_it) if each != code]
