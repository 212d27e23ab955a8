using System.Globalization;

namespace Boltzmann.Reporting;

/// <summary>Numbers as people read them: no needless digits, a true minus sign, thin spaces between thousands, powers of ten.</summary>
public static class NumberText
{
    const char ThinSpace = '\u202F';

    /// <summary>A number with some significant digits, trailing zeros dropped: 0.1235, −86.3, 60 000, 1.2×10⁻⁷.</summary>
    public static string Short(double value, int digits = 4)
    {
        if (double.IsNaN(value)) return "not a number";
        if (double.IsInfinity(value)) return value > 0 ? "∞" : "−∞";
        if (value == 0) return "0";
        double size = Math.Abs(value);
        // Rounding can carry into the next power of ten, so the power is read off the rounded number.
        string[] parts = size.ToString("e" + (digits - 1), CultureInfo.InvariantCulture).Split('e');
        int power = int.Parse(parts[1], CultureInfo.InvariantCulture);
        if (power is < -4 or > 8) return Sign(value) + Trim(parts[0]) + "×10" + Superscript(power);
        int decimals = Math.Max(0, digits - 1 - power);
        return Sign(value) + Grouped(Trim(size.ToString("F" + decimals, CultureInfo.InvariantCulture)));
    }

    /// <summary>A number to a given number of decimals: labels of an axis share them.</summary>
    public static string Fixed(double value, int decimals)
    {
        string digits = Math.Abs(value).ToString("F" + decimals, CultureInfo.InvariantCulture);
        bool zero = digits.All(c => c is '0' or '.');
        return (zero ? "" : Sign(value)) + Grouped(digits);
    }

    /// <summary>
    /// A number with its error, both to as many decimals as show two digits of the error: −85.34 ± 0.21; the number alone where there is
    /// no error.
    /// </summary>
    /// <param name="value">The number.</param>
    /// <param name="error">Its standard error.</param>
    /// <param name="digits">Significant digits where there is no error.</param>
    internal static string WithError(double value, double error, int digits = 4)
    {
        if (!double.IsFinite(error) || error <= 0) return Short(value, digits);
        int decimals = Math.Clamp(1 - (int)Math.Floor(Math.Log10(error)), 0, 6);
        return $"{Fixed(value, decimals)} ± {Fixed(error, decimals)}";
    }

    /// <summary>A power of ten: 10⁻³.</summary>
    public static string PowerOfTen(int power) => "10" + Superscript(power);

    static string Sign(double value) => value < 0 ? "−" : "";

    static string Trim(string digits) => digits.Contains('.') ? digits.TrimEnd('0').TrimEnd('.') : digits;

    static string Grouped(string digits)
    {
        int point = digits.IndexOf('.');
        int whole = point < 0 ? digits.Length : point;
        if (whole < 5) return digits;
        for (int i = whole - 3; i > 0; i -= 3) digits = digits.Insert(i, ThinSpace.ToString());
        return digits;
    }

    static string Superscript(int power) =>
        string.Concat(power.ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));
}
