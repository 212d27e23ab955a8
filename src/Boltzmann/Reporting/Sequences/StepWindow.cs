namespace Boltzmann.Reporting;

/// <summary>The steps of a sequence that a picture shows, and the words for them.</summary>
/// <param name="First">The first one, from 0.</param>
/// <param name="Count">How many.</param>
/// <param name="Total">Steps of the whole sequence.</param>
readonly record struct StepWindow(int First, int Count, int Total)
{
    /// <summary>Says which steps are shown, if not all.</summary>
    public string Caption => Count == Total ? "step" : $"step; shown are {First + 1} to {First + Count} of {Total}";

    /// <summary>
    /// All steps, or so many that they can be told apart: the first ones, and where a prefix was given, a quarter of them before its end.
    /// </summary>
    public static StepWindow Of(int total, int prefixSteps, int most = StepGrid.MostSteps)
    {
        if (total <= most) return new(0, total, total);
        return new(Math.Clamp(prefixSteps - most / 4, 0, total - most), most, total);
    }
}
