using System.Globalization;

namespace Boltzmann.Reporting;

/// <summary>The lines of a path of SVG: the commands M L H V Q C Z, absolute and relative; curves as short straight lines.</summary>
static class SvgPath
{
    const int CurveParts = 14;

    /// <summary>The lines of an attribute d.</summary>
    /// <exception cref="NotSupportedException">Another command, or numbers that do not fit it.</exception>
    public static IReadOnlyList<Polyline> Read(string data)
    {
        var lines = new List<Polyline>();
        var points = new List<(double X, double Y)>();
        (double X, double Y) here = (0, 0), first = (0, 0);
        char command = ' ';
        int at = 0;
        while (Skip())
        {
            if (char.IsAsciiLetter(data[at])) command = data[at++];
            bool isRelative = char.IsAsciiLetterLower(command);
            switch (char.ToUpperInvariant(command))
            {
                case 'M':
                    Finish(isClosed: false);
                    here = first = Point();
                    points.Add(here);
                    // Further pairs are lines.
                    command = isRelative ? 'l' : 'L';
                    break;
                case 'L':
                    To(Point());
                    break;
                case 'H':
                    To((Number() + (isRelative ? here.X : 0), here.Y));
                    break;
                case 'V':
                    To((here.X, Number() + (isRelative ? here.Y : 0)));
                    break;
                case 'Q':
                    Curve(Point(), null, Point());
                    break;
                case 'C':
                    Curve(Point(), Point(), Point());
                    break;
                case 'Z':
                    Finish(isClosed: true);
                    here = first;
                    break;
                default:
                    throw Fault();
            }

            (double, double) Point() => (Number() + (isRelative ? here.X : 0), Number() + (isRelative ? here.Y : 0));
        }
        Finish(isClosed: false);
        return lines;

        void To((double X, double Y) place)
        {
            // After Z the next line begins where the last one did.
            if (points.Count == 0) points.Add(here);
            points.Add(here = place);
        }

        // Bézier's curve of one or two points that pull.
        void Curve((double X, double Y) one, (double X, double Y)? other, (double X, double Y) end)
        {
            (double X, double Y) start = here;
            for (int k = 1; k <= CurveParts; k++)
            {
                double t = k / (double)CurveParts, u = 1 - t;
                To(other is { } two
                    ? (u * u * u * start.X + 3 * u * u * t * one.X + 3 * u * t * t * two.X + t * t * t * end.X,
                        u * u * u * start.Y + 3 * u * u * t * one.Y + 3 * u * t * t * two.Y + t * t * t * end.Y)
                    : (u * u * start.X + 2 * u * t * one.X + t * t * end.X, u * u * start.Y + 2 * u * t * one.Y + t * t * end.Y));
            }
        }

        void Finish(bool isClosed)
        {
            if (points.Count > 0) lines.Add(new([.. points], isClosed));
            points.Clear();
        }

        bool Skip()
        {
            while (at < data.Length && (char.IsWhiteSpace(data[at]) || data[at] == ',')) at++;
            return at < data.Length;
        }

        double Number()
        {
            Skip();
            int begin = at;
            if (at < data.Length && data[at] is '-' or '+') at++;
            bool hasPoint = false;
            while (at < data.Length && (char.IsAsciiDigit(data[at]) || (data[at] == '.' && !hasPoint))) hasPoint |= data[at++] == '.';
            return double.TryParse(data.AsSpan(begin, at - begin), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                ? value : throw Fault();
        }

        NotSupportedException Fault() => new($"a path is not understood at place {at}: {data}");
    }
}
