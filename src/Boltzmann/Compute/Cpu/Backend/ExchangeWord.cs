namespace Boltzmann.Compute.Cpu;

/// <summary>A word that two threads pass to and fro: odd numbers ask, even ones answer, negative ones end it.</summary>
sealed unsafe class ExchangeWord : OwnLines
{
    public ref long Value => ref Words[0];
}
