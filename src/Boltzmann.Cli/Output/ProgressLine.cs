using System.Diagnostics;
using Spectre.Console;

namespace Boltzmann.Cli;

/// <summary>One line on work that goes on: a wheel that turns, what is done, a bar, its share, and what else is known.</summary>
static class ProgressLine
{
    const string Wheel = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    const int ShortestBar = 5, LongestBar = 40, TurnMilliseconds = 120;

    /// <summary>The line, no longer than a width: what does not fit is left out, the bar first.</summary>
    /// <param name="title">What is done.</param>
    /// <param name="share">How much of it, from 0 to 1; NaN where that is not known, and there is no bar.</param>
    /// <param name="end">What else is known; may be empty.</param>
    /// <param name="width">Places in a line.</param>
    public static Markup Of(string title, double share, string end, int width)
    {
        string turn = Wheel[(int)(Stopwatch.GetTimestamp() / (Stopwatch.Frequency * TurnMilliseconds / 1000) % Wheel.Length)].ToString();
        string percent = double.IsNaN(share) ? "" : $"  {Math.Floor(100 * share),3}%";
        if (end.Length > 0) end = "  " + end;
        int room = width - 2 - title.Length - percent.Length - end.Length;
        if (room < 0) (end, room) = ("", room + end.Length);
        if (room < 0) title = title[..Math.Max(1, title.Length + room)];
        string bar = Bar(share, Math.Min(room - 2, LongestBar));
        return new($"[blue]{turn}[/] {Markup.Escape(title)}{bar}{percent}[grey]{Markup.Escape(end)}[/]");
    }

    static string Bar(double share, int places)
    {
        if (double.IsNaN(share) || places < ShortestBar) return "";
        int full = Math.Clamp((int)Math.Round(share * places), 0, places);
        return $"  [green]{new string('━', full)}[/][grey]{new string('─', places - full)}[/]";
    }
}
