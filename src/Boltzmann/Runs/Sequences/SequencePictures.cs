namespace Boltzmann.Runs;

/// <summary>The drawings of a report on a machine with memory.</summary>
static class SequencePictures
{
    public static IEnumerable<ReportChart> Charts(SequenceTask task, SequenceJudgement judged)
    {
        yield break;
    }
}
