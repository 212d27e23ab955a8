using Boltzmann.Reporting;
using Boltzmann.Searching;

namespace Boltzmann.Cli.Searches;

/// <summary>
/// What a search is asked for, and how its result is read: an energy from a file, a problem of constraints, a problem by its name. The
/// command asks this and knows no kind of problem.
/// </summary>
abstract class SearchTask
{
    /// <summary>The file, without its folders, or the problem's name.</summary>
    public abstract string Name { get; }

    /// <summary>The kind of file: rudy, cnf, json; of a problem by name "named".</summary>
    public abstract string Format { get; }

    /// <summary>The kind of problem: max-cut, sat, constraints.</summary>
    public abstract string Kind { get; }

    /// <summary>What it is, as far as options care.</summary>
    public abstract SearchSubject Subject { get; }

    /// <summary>Whether it was asked for by name, not by a file.</summary>
    public bool IsNamed => Format == NamedProblem.ByName;

    /// <summary>Whether anything must hold whatever it costs.</summary>
    public virtual bool HasHard => false;

    /// <summary>The number that is sought.</summary>
    public abstract SearchObjective Objective { get; }

    /// <summary>What charts over energies call them.</summary>
    public virtual SearchObjective ChartObjective => Objective;

    /// <summary>Whether constraints are what is satisfied.</summary>
    public virtual bool HasConstraints => false;

    /// <summary>Sizes, as JSON has them; pairs of a problem are counted when this is asked for, which may take long.</summary>
    public abstract SearchSizes Sizes { get; }

    /// <summary>Name, kind and sizes in a line.</summary>
    public abstract string Facts { get; }

    /// <summary>What was read otherwise than it may have been meant, a line each.</summary>
    public virtual IReadOnlyList<string> Warnings => [];

    /// <summary>What the name of a picture may end in.</summary>
    public virtual string[] PictureEndings => [".svg", ".png"];

    /// <summary>What the name of a file for the best state may end in.</summary>
    public virtual IReadOnlyList<string> Endings => [".csv", ".json", ".npy"];

    /// <summary>Gives variables the values that are known.</summary>
    /// <exception cref="BadInputException">A name or value that is not there, or nothing that is hard can hold then.</exception>
    public abstract void Clamp(IReadOnlyList<KeyValuePair<string, int>> values);

    /// <summary>Throws where a request does not fit the problem, before anything is searched or written.</summary>
    /// <exception cref="BadInputException">It does not; the message says why.</exception>
    public abstract void Check(SearchRequest request);

    /// <summary>The method that will search: where auto is asked for, the one that it is here.</summary>
    public string MethodOf(SearchRequest request) => request.Method == "auto" ? AutoMethod(request) : request.Method;

    /// <summary>The method that auto is.</summary>
    protected abstract string AutoMethod(SearchRequest request);

    /// <summary>Searches.</summary>
    /// <param name="request">How, until when.</param>
    /// <param name="session">Threads, seed, Ctrl-C.</param>
    /// <param name="watch">Told how the search stands, and of its best states.</param>
    public abstract SearchOutcome Run(SearchRequest request, Session session, SearchWatch watch);

    /// <summary>Whether an energy misses one that was asked for, beyond rounding.</summary>
    protected static bool IsAbove(double energy, double? asked) => asked is double at && energy > at + 1e-9 * Math.Max(1, Math.Abs(at));

    /// <summary>The best value of the objective, where somebody has told it; null where nobody has.</summary>
    public virtual double? Optimum => null;

    /// <summary>Writes the best state.</summary>
    /// <returns>Whether it could: a tour that visits a city twice is none.</returns>
    /// <exception cref="BadInputException">An ending that this kind of problem is not written as.</exception>
    public abstract bool WriteBest(string path, SearchOutcome outcome);

    /// <summary>The violated constraints; null where there is nothing to tell.</summary>
    public virtual TextTable? Violated(SearchOutcome outcome) => null;

    /// <summary>What the outcome is of, where one search led to another: itself unless overridden.</summary>
    public virtual SearchTask Answer => this;

    /// <summary>Whether states have a drawing.</summary>
    public virtual bool Draws => false;

    /// <summary>A state as a picture of its kind, SVG; null for kinds without one.</summary>
    /// <param name="state">0 or 1 for each variable, or hypothesis.</param>
    /// <param name="marginals">How probable each is, where that was asked for.</param>
    public virtual string? Draw(IReadOnlyList<byte> state, Marginals? marginals) => null;

    /// <summary>The best state as <see cref="Draw"/> shows it.</summary>
    public virtual string? Drawing(SearchOutcome outcome) => Draw(outcome.Result.Assignment, outcome.Result.Marginals);

    /// <summary>Writes the picture of the best state, or what stands for it.</summary>
    public virtual void WritePicture(string path, SearchOutcome outcome)
    {
        string svg = Drawing(outcome) ?? SearchCharts.Trace(outcome.Result, ChartObjective, Name);
        if (path.EndsWith(".png", StringComparison.OrdinalIgnoreCase)) AtomicFile.WriteBytes(path, Png.Encode(SvgRaster.Draw(svg)));
        else AtomicFile.WriteText(path, svg);
    }

    /// <summary>What came of the search, for kinds that tell something else than one best state; null for the usual table.</summary>
    public virtual TextTable? ResultTable(SearchOutcome outcome) => null;

    /// <summary>Whether the temperatures are of interest beside the answer.</summary>
    public virtual bool ShowsLadder => true;

    /// <summary>The name of a variable in tables.</summary>
    public virtual string NameOf(int variable) => $"x{variable}";

    /// <summary>The best state for a terminal, where it is small enough to be looked at; null for kinds without.</summary>
    public virtual string? Screen(SearchOutcome outcome) => null;

    /// <summary>The problem as a file of another format.</summary>
    public virtual void Convert(string path) => throw new BadInputException($"--write: {Name} cannot be written as a file");
}
