namespace Boltzmann;

/// <summary>Reads classifiers from files.</summary>
public static class DbnClassifier
{
    /// <summary>
    /// Reads what <see cref="DbnClassifier{TLabel}.Save"/> wrote; any file of a network that tells classes apart will do.
    /// </summary>
    /// <typeparam name="TLabel">What classes are called by: string or int.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="placement">Where to; this machine's cores, in the precision of the file, when null.</param>
    /// <exception cref="BadInputException">The file is missing or malformed, holds another kind of model, a class name is not of the type
    /// of labels, or two give the same label.</exception>
    public static DbnClassifier<TLabel> Load<TLabel>(string path, Placement? placement = null) where TLabel : notnull, IParsable<TLabel>,
        IComparable<TLabel> =>
        DbnClassifier<TLabel>.Load(path, placement);
}
