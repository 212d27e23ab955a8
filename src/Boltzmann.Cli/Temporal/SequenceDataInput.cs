using System.CommandLine;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Temporal;

/// <summary>The options that say which sequences a machine with memory reads, beside those that say which data and part.</summary>
sealed class SequenceDataInput(DataInput data)
{
    readonly Option<string?> column = new Option<string?>("--sequence-column")
    {
        Description = "Machines with memory: the column that says which sequence a row belongs to. By default as in training.",
        HelpName = "NAME"
    }.In(HelpGroup.Data);

    readonly Option<int?> warmUp = NumberOption.OptionalWhole("--warm-up", 0, "Machines with memory: steps before a part of a single "
        + "sequence that only fill the memory. By default as in training.").In(HelpGroup.Data);

    public IReadOnlyList<Option> Options => [column, warmUp];

    /// <summary>What is asked for.</summary>
    public SequenceRequest Request(ParseResult parsed, Session session) => new()
    {
        Data = parsed.GetValue(data.Data),
        Split = parsed.GetValue(data.Split) is string split ? DataInput.Part(split) : null,
        Format = data.Reading.Of(parsed).Format,
        SequenceColumn = parsed.GetValue(column),
        WarmUp = parsed.GetValue(warmUp),
        Folder = session.DataFolder,
    };
}
