namespace Boltzmann.Data;

/// <summary>What kind of number an array file holds.</summary>
enum ElementKind
{
    Boolean,
    Unsigned,
    Signed,
    Float,
}
