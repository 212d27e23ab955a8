namespace Boltzmann.Data;

/// <summary>What kind of number an array file holds; or texts, of four bytes a character or of one.</summary>
enum ElementKind
{
    Boolean,
    Unsigned,
    Signed,
    Float,
    Text,
    Bytes,
}
