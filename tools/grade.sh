#!/bin/sh
# Grade submitted/, or the example class while nobody has handed in anything; then feedback, CSV and report.
# Ends with the status of the grading: 1 when something was not gradable and a person must look.
set -eu
cd "$(dirname "$0")/.."
bin=$PWD/.venv/bin
if [ -n "$(ls submitted 2>/dev/null)" ]; then
    course=$PWD
else
    course=$PWD/example_class
    echo "Nobody has handed in anything yet (submitted/ is empty): grading the example class."
    "$bin/python" -m examples.make_class "$course"
fi

status=0
"$bin/autograder" grade --course-dir "$course" || status=$?
[ "$status" -le 1 ] || exit "$status"
if [ "$course" != "$PWD" ]; then
    "$bin/python" -m examples.grade_by_hand "$course"
fi

echo "Writing feedback pages, the CSV and the class report."
cd "$course"
labs=$(cd source && ls)
for lab in $labs; do
    if [ -n "$(ls -d autograded/*/"$lab" 2>/dev/null)" ]; then
        "$bin/nbgrader" generate_feedback "$lab" --force --log-level=ERROR
    fi
done
# shellcheck disable=SC2086 # one word a lab
said=$("$bin/autograder" export --lms csv --lab $labs -o grades.csv) || [ $? = 1 ] # 1: some wait for a person
echo "$said" | sed -n 1p
"$bin/autograder" report
echo
echo "gradebook  $course/gradebook.db   (look at it: cd $course && $bin/jupyter-lab, then Nbgrader > Formgrader)"
echo "feedback   $course/feedback/STUDENT/LAB/LAB.html"
echo "grades     $course/grades.csv"
echo "report     $course/report/class.html"
exit "$status"
