namespace Boltzmann.Onnx;

/// <summary>What a tensor's elements are, by the numbers of onnx.proto.</summary>
enum OnnxElement
{
    /// <summary>32 bits, floating.</summary>
    Single = 1,

    /// <summary>Whole, 64 bits.</summary>
    Whole = 7,

    /// <summary>True or false, a byte each.</summary>
    Truth = 9,

    /// <summary>64 bits, floating.</summary>
    Double = 11,
}
