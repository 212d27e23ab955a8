namespace Boltzmann.Data;

/// <summary>What sequences come from, as far as options have a meaning for it alone.</summary>
enum SequenceUse
{
    /// <summary>Nothing that an option is for.</summary>
    Plain,

    /// <summary>Tables of text.</summary>
    Table,

    /// <summary>Lists of pitches.</summary>
    Rolls,

    /// <summary>Lines of letters.</summary>
    Text,

    /// <summary>Samples of sound.</summary>
    Sound,

    /// <summary>Generated videos.</summary>
    Videos,
}
