namespace Boltzmann.Models;

/// <summary>What a field of a layer's description holds.</summary>
public enum LayerFieldType
{
    /// <summary>A whole number of 32 bits.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false; false where it is absent.</summary>
    Flag,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Any JSON.</summary>
    Any,
}
