"""The neurological examination of spinal cord injury (ISNCSCI, 2019 revision): model, classification, reasons.

Pure Python on frozen data; knows no patient and no store. The rules are those of the standard as
revised in 2019 (ASIA and ISCoS), in our own words. Where the standard leaves a case open, this package decides:

* All grades normal but no voluntary anal contraction: motor levels S3, neurological level INT, AIS B.
* All arm (leg) muscles 5 with impaired sensation beside them: motor level T1 (S1), never below by function alone.
* A non-key muscle enters the motor zone of partial preservation only in AIS C, and only if it lies more than three
  segments below the level found without it.
* Stars: classified twice, with assumed and with examined grades; what differs is starred.
* AIS E needs a documented injury; without one a normal exam has no grade (``NA``).

``exam`` reads and checks an exam, ``classify`` classifies it, ``reasons`` says why, ``compare`` sets two exams side
by side and tries each cell one grade up and down, ``lines`` is the JSON form of the command line, ``record`` the
flat form an assessment keeps, ``form`` what a scale file needs to know of the exam.
"""
