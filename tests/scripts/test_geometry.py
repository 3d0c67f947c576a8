"""Pictures of the page: what is drawn, mapped back, is what was given; figures and their rounding."""

import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/lib"))

from report import bars, metrics, read, section_join, svg, words  # noqa: E402  pylint: disable=wrong-import-position


class Geometry(unittest.TestCase):
    def test_a_scale_puts_its_ends_at_the_edges_and_turns_round(self):
        straight, turned = svg.Scale(-50, 150), svg.Scale(-50, 150, turned=True)
        self.assertEqual([straight.at(v) for v in (-50, 0, 150)], [0, 25, 100])
        self.assertEqual([turned.at(v) for v in (-50, 0, 150)], [100, 75, 0])

    def test_ticks_are_round_and_few(self):
        for low, high in ((-237, 41), (0, 1), (-0.013, 0.02), (1e6, 9e6), (5, 5)):
            found = svg.ticks(low, high)
            self.assertLessEqual(len(found), 6)
            self.assertTrue(all(low - 1e-9 <= t <= high + 1e-9 for t in found))

    def test_line_ends_are_pushed_apart_in_their_order(self):
        moved = svg.apart([100, 20, 101, 102])
        self.assertEqual(sorted(range(4), key=lambda i: moved[i]), [1, 0, 2, 3])
        self.assertTrue(all(b - a >= 16 for a, b in zip(sorted(moved), sorted(moved)[1:])))
        self.assertEqual(svg.apart([100, 100, 20], lowest=100), [84, 100, 20])

    def test_fifty_dots_stand_on_the_side_of_zero_that_they_are_on(self):
        metric = metrics.Metric("cost", -1, "", "", 1, "£", "", "£", 0)
        form = read.Form(1, "f", "F", "#12436D", "circle")
        values = [v - 7.3 for v in range(50)]
        drawn = svg.dots(read.Difference(metric, form, 17.0, 1.0, values, 0, 0, 0, 0, 0, 0.2, 0), "dots", lambda ticks: ["x"] * 9)
        zero = float(re.search(r'<line x1="([\d.]+)%" x2="[\d.]+%" y1="0"', drawn)[1])
        dots = re.findall(r'<circle cx="([\d.]+)%"[^>]* fill="([^"]+)"[^>]* data-value="([^"]+)"', drawn)
        self.assertEqual(len(dots), 50)
        for x, fill, value in dots:
            self.assertEqual(float(x) > zero, float(value) > 0, value)
            self.assertEqual(fill == "#fff", float(value) > 0, value)  # dearer is worse

    def test_ticks_of_an_axis_are_written_in_as_few_digits_as_tell_them_apart(self):
        metric = metrics.Metric("cost", -1, "", "", 1e6, "£", "m", "£m", 2)
        self.assertEqual(words.ticks(metric, [-1e8, 0.0, 5e7]), ["\u2212£100m", "same", "+£50m"])
        self.assertEqual(words.ticks(metric, [0.0, 2.5e6]), ["same", "+£2.5m"])

    def test_quantiles_are_as_fine_as_the_coarsest_error_and_counts_are_whole(self):
        money = metrics.Metric("cost", -1, "", "", 1e6, "£", "m", "£m", 2)
        sites = metrics.Metric("sites", -1, "", "", 1, "", "", "practices", 2, True)
        self.assertEqual(words.span(money, 0.0, 123.456e6, (0.0, 3e6)), "£0 to £123m")
        self.assertEqual(words.span(sites, 0.0, 9.98), "0 to 10")
        self.assertEqual(words.span(sites, float("nan"), 1.0), "")

    def test_signed_bars_run_from_zero_to_their_value_and_whiskers_to_their_interval(self):
        scale = svg.Scale(-10, 30)
        for value, interval in ((20.0, (15.0, 25.0)), (-5.0, (-8.0, -2.0))):
            drawn = bars.signed(value, interval, scale, "bar")
            left, width = (float(v) for v in re.search(r'<rect x="([\d.]+)%" y="4" width="([\d.]+)%"', drawn).groups())
            self.assertEqual(sorted((scale.at(0), scale.at(value))), [left, left + width])
            whisker = re.search(rf'<line x1="([\d.]+)%" x2="([\d.]+)%" [^>]*stroke="{svg.INK}" stroke-width="2"', drawn)
            self.assertEqual([float(v) for v in whisker.groups()], [scale.at(v) for v in interval])
        self.assertNotIn('stroke-width="2"', bars.signed(1.0, (float("nan"), 2.0), scale, "bar"))

    @staticmethod
    def difference(**more):
        metric = metrics.Metric("cost", -1, "", "Cost", 1e6, "£", "m", "£m", 1)
        form = read.Form(1, "f", "F", "#28A197", "square")
        given = {"mean": 5.0, "se": 0.1, "quantiles": [], "q05": -4.0, "q25": 1.0, "q50": 4.0, "q75": 8.0, "q95": 20.0,
                 "better": 0.2, "equal": 0.0, "above": 0.8} | more
        return read.Difference(metric, form, **given)

    def test_a_strip_lies_where_its_numbers_are_either_way_round(self):
        for turned in (False, True):
            scale = svg.Scale(-10, 30, turned)
            back = lambda x, s=scale: s.low + (1 - x / 100 if s.turned else x / 100) * (s.high - s.low)  # noqa: E731
            drawn = svg.strip(self.difference(), scale, "strip", neutral=-2.0)
            lines = [tuple(map(float, ends)) for ends in re.findall(r'<line x1="([\d.]+)%" x2="([\d.]+)%"', drawn)]
            for ends, values in zip(lines, ((0, 0), (-4, 20), (1, 8))):
                self.assertEqual([round(back(x), 6) for x in ends], list(values))
            marks = [round(back(float(x)), 6) for x in re.findall(r'<svg x="([\d.]+)%"', drawn)]
            self.assertEqual(marks, [5.0, -2.0])

    def test_a_fan_and_a_line_go_through_their_numbers(self):
        x, bands = list(range(5)), [[3.0, 4.0, 5.0, 6.0, 9.0]] + [[3.0 + s * k for k in range(5)] for s in (-1, -0.5, 0.5, 1)]
        for frame in (svg.Frame(300, 190, (0, 4), (-2, 10)), svg.Across(300, (0, 4), (-2, 10))):
            back = lambda px, py, f=frame: (  # noqa: E731
                (px - f.left) / (f.width - f.left - f.right) * 4, -2 + (f.height - f.bottom - py) / (f.height - f.top - f.bottom) * 12)
            drawn = svg.fan([x] + bands, frame, "#28A197", "fan", "") if isinstance(frame, svg.Frame) and frame.left else \
                svg.lines([("F", "#28A197", None, x, bands[0], False)], frame, "line", "")
            path = re.findall(r'<path d="([^"]+)" fill="none" stroke="#28A197"', drawn)[0]
            points = [back(*map(float, point.split())) for point in re.split("[ML]", path) if point]
            for (a, b), quarter, value in zip(points, x, bands[0]):
                self.assertAlmostEqual(a, quarter, delta=0.02)
                self.assertAlmostEqual(b, value, delta=0.02)
        areas = re.findall(r'<path d="([^"]+)Z" fill="#28A197"', svg.fan([x] + bands, svg.Frame(300, 190, (0, 4), (-2, 10)), "#28A197",
                                                                       "fan", ""))
        wide, narrow = ([float(point.split()[1]) for point in re.split("[ML]", area) if point] for area in areas)
        for k in range(1, 5):  # q95 < q75 on paper, and the other way round on the way back
            self.assertLess(wide[k], narrow[k])
            self.assertGreater(wide[-1 - k], narrow[-1 - k])

    def test_bars_of_a_waterfall_add_up_to_its_total(self):
        rows = [("a", 25.0, "bearer"), ("b", -40.0, "bearer"), ("c", 5.0, "pay"), ("all", -10.0, "total")]
        drawn = bars.waterfall(rows, "flow", str)
        zero = float(re.search(r'<line x1="([\d.]+)%"', drawn)[1])
        spans = [(float(x), float(x) + float(w)) for x, w in re.findall(r'<rect x="([\d.]+)%" y="\d+" width="([\d.]+)%"', drawn)]
        unit = (spans[0][1] - spans[0][0]) / 25.0
        at = zero
        for (_, value, kind), (left, right) in zip(rows, spans):
            start = zero if kind == "total" else at
            self.assertAlmostEqual(left, min(start, start + unit * value), delta=0.01)
            self.assertAlmostEqual(right, max(start, start + unit * value), delta=0.01)
            at = start + unit * value
        self.assertAlmostEqual(spans[2][0 if rows[2][1] < 0 else 1], spans[3][0], delta=0.01)  # the last ends where the total does

    def test_heat_is_darker_the_further_and_its_words_can_be_read(self):
        depth = [sum(int(svg.shade(v, 10.0)[i:i + 2], 16) for i in (1, 3, 5)) for v in (0, 2, 5, 10)]
        self.assertEqual(depth, sorted(depth, reverse=True))
        self.assertEqual(svg.shade(0.0, 10.0), "#FFFFFF")
        table = svg.heat(["x"], ["y", "z"], [[(10.0, "F", "+10")], [(-10.0, "G", "\u221210")]], "heat")
        for colour, ink in re.findall(r'fill="(#\w{6})"/><text [^>]*fill="(#\w+)"', table):
            light = [self.light(c) for c in (colour, "#FFFFFF" if ink == "#fff" else ink)]
            self.assertGreaterEqual((max(light) + 0.05) / (min(light) + 0.05), 4.5, (colour, ink))

    @staticmethod
    def light(colour):
        parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
        return sum(w * (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4) for w, c in zip((0.2126, 0.7152, 0.0722), parts))

    def test_a_square_is_as_large_as_its_list(self):
        people = [16000.0, 4000.0]
        for i, side in ((0, 36.0), (1, 24.0)):
            drawn = section_join._square((i, 1000.0, 10.0, 3.0, True, 0.9), "A", 16000.0, people)  # pylint: disable=protected-access
            self.assertEqual(float(re.search(r'<rect [^>]*width="([\d.]+)"', drawn)[1]), side)
            self.assertIn(f'data-list="{people[i]!r}"', drawn)

    def test_a_threshold_shades_where_the_leader_leads_no_more(self):
        scale = svg.Scale(0, 200)
        drawn = bars.threshold(scale, (50.0, 40.0, float("nan"), 120.0), (0.0, 50.0), "turn")
        shaded = re.search(r'<rect x="([\d.]+)%" y="[\d.]+" width="([\d.]+)%" height="12" fill="#762A83"', drawn)
        self.assertEqual([float(v) for v in shaded.groups()], [0.0, 25.0])
        lines = [tuple(map(float, ends)) for ends in re.findall(r'<line x1="([\d.]+)%" x2="([\d.]+)%"', drawn)]
        self.assertEqual(lines, [(20.0, 100.0), (60.0, 60.0), (25.0, 25.0)])  # an open end, the middle, the turn

    def test_parts_of_a_bar_fill_it(self):
        drawn = bars.stacked([("a", 30.0, "#12436D"), ("b", 70.0, "#28A197")], 100.0, "bar", str)
        widths = [float(w) for w in re.findall(r'<rect [^>]*width="([\d.]+)%"', drawn)]
        self.assertEqual(widths, [30.0, 70.0])

    def test_figures_round_to_their_error(self):
        self.assertEqual(words.places(0.03, 9), 2)
        self.assertEqual(words.places(0.013, 9), 3)
        self.assertEqual(words.places(30, 9), -1)
        self.assertEqual(words.plain(-1234.56, 1), "\u22121,234.6")
        self.assertEqual(words.plain(0.5, 0), "1")
        self.assertEqual([words.odds(s) for s in (0, 0.001, 0.744, 0.999, 1)],
                         ["none of 100", "fewer than 1 of 100", "74 of 100", "more than 99 of 100", "every one of 100"])


if __name__ == "__main__":
    unittest.main()
