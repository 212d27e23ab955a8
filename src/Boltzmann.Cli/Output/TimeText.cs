namespace Boltzmann.Cli;

/// <summary>Lengths of time as people say them.</summary>
static class TimeText
{
    /// <summary>A length: 12 s, 3:05 min, 2:00:00 h, 3 days; empty where nothing is known.</summary>
    public static string Of(double seconds)
    {
        if (!double.IsFinite(seconds) || seconds < 0 || seconds > TimeSpan.MaxValue.TotalSeconds / 2) return "";
        TimeSpan time = TimeSpan.FromSeconds(Math.Ceiling(seconds));
        return time.TotalHours >= 48 ? $"{time.TotalDays:F0} days"
            : time.TotalHours >= 1 ? $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00} h"
            : time.TotalMinutes >= 1 ? $"{(int)time.TotalMinutes}:{time.Seconds:00} min" : $"{time.TotalSeconds:F0} s";
    }
}
