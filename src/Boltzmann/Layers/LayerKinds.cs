namespace Boltzmann.Models;

/// <summary>
/// The unit kinds that files, graphs and commands can make layers of: those of the library, and those that a program adds at its start. May
/// be asked and extended by any number of threads.
/// </summary>
public static class LayerKinds
{
    static readonly Lock gate = new();
    static volatile LayerKind[] all = [BernoulliLayer.Registration, SpinLayer.Registration, GaussianLayer.Registration,
        MultinomialLayer.Registration, ReluLayer.Registration, DoubleReluLayer.Registration, MixedLayer.Registration,
        ContextLayer.Registration];

    /// <summary>The names of the library's own kinds.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } = [.. all.Select(kind => kind.Name)];

    /// <summary>The library's own kinds that may be chosen as visible or hidden units: all but context, and mixed ones, whose parts a name
    /// does not tell.</summary>
    public static IReadOnlyList<string> Choices { get; } = [.. all.Where(kind => kind.IsChoice).Select(kind => kind.Name)];

    /// <summary>Every kind, in the order of registration, the library's own first.</summary>
    public static IReadOnlyList<LayerKind> All => all;

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names => [.. all.Select(kind => kind.Name)];

    /// <summary>Makes a kind known; again the same one is nothing new.</summary>
    /// <exception cref="ArgumentException">Another kind has its name, or one of its fields the name of what every description
    /// has.</exception>
    public static void Register(LayerKind kind)
    {
        foreach (LayerField field in kind.Fields)
        {
            if (LayerDescription.Reserved.Contains(field.Name))
                throw new ArgumentException($"{kind.Name} units cannot have a field {Quoted.Text(field.Name)}: every layer has one already",
                    nameof(kind));
        }
        lock (gate)
        {
            if (Find(kind.Name) is not LayerKind known) all = [.. all, kind];
            else if (known != kind)
                throw new ArgumentException($"another kind of units is registered as {Quoted.Text(kind.Name)} already", nameof(kind));
        }
    }

    /// <summary>The kind of that name; null if there is none.</summary>
    public static LayerKind? Find(string name) => Array.Find(all, kind => kind.Name == name);

    /// <summary>A layer of a kind, made as a file's would be.</summary>
    /// <param name="description">Kind, size and fields.</param>
    /// <param name="placement">Where its parameters live; single precision on all cores when null.</param>
    /// <exception cref="BadInputException">There is no such kind, or it has no layer of that size and these fields.</exception>
    public static Layer Create(LayerDescription description, Placement? placement = null)
    {
        LayerKind kind = Find(description.Units)
            ?? throw new BadInputException($"a layer has units {Quoted.Text(description.Units)}; {Expected}");
        return description.Fault() is string fault ? throw new BadInputException($"a layer {fault}")
            : kind.Create(description, placement ?? Placement.Default);
    }

    /// <summary>Ends the message about a kind that is not known.</summary>
    internal static string Expected => OneOf(all);

    /// <summary>Ends the message about units that cannot be visible or hidden ones.</summary>
    internal static string ExpectedUnits => OneOf(all.Where(kind => kind.IsChoice));

    static string OneOf(IEnumerable<LayerKind> kinds) =>
        $"expected one of {string.Join(", ", kinds.Select(kind => kind.Name))} (a program adds its own by LayerKinds.Register)";
}
