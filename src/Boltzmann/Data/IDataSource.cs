namespace Boltzmann.Data;

/// <summary>
/// Opens the data that a plan or a model file names. The library reads none by name itself; Boltzmann.Data does, and a program may bring
/// data of its own.
/// </summary>
public interface IDataSource
{
    /// <summary>Opens a part of a set, or a file.</summary>
    /// <exception cref="BadInputException">There is no such set, part or file, or it cannot be used; the message says why.</exception>
    Dataset Open(string name, DataOptions options);

    /// <summary>
    /// Opens a table of text to be read field by field; null where the name is that of something else, whose rows are numbers.
    /// </summary>
    /// <exception cref="BadInputException">There is no such set or file, or it cannot be read.</exception>
    ITableReader? OpenTable(string name, DataOptions options) => null;

    /// <summary>Opens sequences, in the parts that learning needs.</summary>
    /// <exception cref="BadInputException">There is no such set or file, it cannot be used, or this source has no sequences.</exception>
    SequenceParts OpenSequences(string name, SequenceOptions options) =>
        throw new BadInputException($"{name}: this source of data has no sequences");

    /// <summary>Whether the name is that of a set, whose bytes have a worth of their own, and not of a file.</summary>
    bool IsSet(string name);

    /// <summary>Whether data of this name come with such a part of their own.</summary>
    bool HasPart(string name, DataSplit part);

    /// <summary>How a row of these data is a picture, where their name alone tells; null otherwise.</summary>
    ImageShape? ImageOf(string name);

    /// <summary>The path of a file that is no data set and lies below one of the folders of data, such as a graph; null if it is in
    /// none.</summary>
    /// <param name="name">Relative, such as gset/G14.txt.</param>
    string? FindFile(string name) => null;
}
