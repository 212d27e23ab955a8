namespace Boltzmann;

public sealed partial class TrainedModel
{
    /// <summary>Draws rows by Gibbs sampling, freely or around given values.</summary>
    /// <param name="request">What to draw.</param>
    /// <param name="context">Opens data by name, settles what is drawn, is told how it goes.</param>
    /// <exception cref="BadInputException">The model generates no rows, knows no such class or sees nothing of what is given, or rows
    /// cannot be read or do not fit; the message says which.</exception>
    /// <exception cref="OperationCanceledException">The context was interrupted.</exception>
    public SampleResult Sample(SampleRequest request, RunContext? context = null) =>
        new SampleRun(Generative(), request, context ?? RunContext.WithoutData).Draw();

    /// <summary>
    /// Looks for the modes of a model, states that no change of one unit makes more probable, or for the most probable completion of given
    /// rows.
    /// </summary>
    /// <param name="request">Which modes.</param>
    /// <param name="context">Opens data by name, settles all randomness, is told how it goes.</param>
    /// <exception cref="BadInputException">The model generates no rows, has units of more than two values that are not one-hot, or rows
    /// cannot be read or do not fit; the message says which.</exception>
    /// <exception cref="OperationCanceledException">The context was interrupted while rows were completed.</exception>
    public FoundModes Modes(ModesRequest? request = null, RunContext? context = null) =>
        new ModesRun(Generative(), request ?? new(), context ?? RunContext.WithoutData).Find();

    /// <summary>Fills the gaps of rows by what the model expects there given the rest, in the words of the table.</summary>
    /// <param name="request">Which rows, and how long chains run.</param>
    /// <param name="context">Opens data by name, settles what is drawn, is told how it goes.</param>
    /// <exception cref="BadInputException">The model generates no rows or its chains do not run in them, or rows cannot be read or do not
    /// fit; the message says which.</exception>
    /// <exception cref="OperationCanceledException">The context was interrupted.</exception>
    public CompletedTable Complete(CompleteRequest request, RunContext? context = null) =>
        new TableCompletion(Generative(), request, context ?? RunContext.WithoutData).Run();

    /// <summary>
    /// Follows Gibbs chains and tells how well they mix: whether chains that started far apart agree with each other and with tempered
    /// ones, autocorrelation times, effective sample sizes, swap rates.
    /// </summary>
    /// <param name="request">Chains, sweeps, starts.</param>
    /// <param name="context">Opens data by name, settles what is drawn, is told what was done to rows and of warnings.</param>
    /// <exception cref="BadInputException">The model generates no rows, or rows cannot be read or do not fit; the message says
    /// which.</exception>
    /// <exception cref="OperationCanceledException">The context was interrupted.</exception>
    public ChainReport Diagnose(DiagnoseRequest? request = null, RunContext? context = null)
    {
        ChainReport report = new Diagnosis(Generative(), request ?? new(), context ?? RunContext.WithoutData).Run();
        foreach (string warning in report.Warnings) context?.Warn(warning);
        return report;
    }
}
