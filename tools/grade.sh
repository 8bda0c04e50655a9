#!/bin/sh
# Grade submitted/, or the example class while submitted/ is empty; then write feedback, CSV and report.
# The exit status is that of the grading: 1 if something was not gradable and a person must look.
set -eu
cd "$(dirname "$0")/.."
bin=$PWD/.venv/bin
if [ -n "$(ls submitted 2>/dev/null)" ]; then
    course=$PWD
else
    course=$PWD/example_class
    echo "submitted/ is empty, so the example class is graded instead."
    "$bin/python" -m examples.make_class "$course"
fi

status=0
"$bin/autograder" grade --course-dir "$course" || status=$?
[ "$status" -le 1 ] || exit "$status"
if [ "$course" != "$PWD" ]; then
    "$bin/python" -m examples.grade_by_hand "$course"
fi

echo "Writing the feedback pages, the grades as CSV and the class report."
cd "$course"
labs=$(cd source && ls)
for lab in $labs; do
    if [ -n "$(ls -d autograded/*/"$lab" 2>/dev/null)" ]; then
        "$bin/nbgrader" generate_feedback "$lab" --force --log-level=ERROR
    fi
done
# shellcheck disable=SC2086 # one word per lab
summary=$("$bin/autograder" export --lms csv --lab $labs -o grades.csv) || [ $? = 1 ] # 1: some grades need a person
echo "$summary" | sed -n 1p
"$bin/autograder" report
echo
echo "gradebook  $course/gradebook.db   (to view it: cd $course && $bin/jupyter-lab, then Nbgrader > Formgrader)"
echo "feedback   $course/feedback/STUDENT/LAB/LAB.html"
echo "grades     $course/grades.csv"
echo "report     $course/report/class.html"
exit "$status"
