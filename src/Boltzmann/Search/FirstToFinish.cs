namespace Boltzmann.Searching;

/// <summary>The lowest number of those that have finished; whoever has a higher one need not go on.</summary>
sealed class FirstToFinish
{
    int index = int.MaxValue;

    /// <summary>It; the largest number while there is none.</summary>
    public int Index => Volatile.Read(ref index);

    /// <summary>One has finished.</summary>
    public void Note(int number)
    {
        int seen = Index;
        while (number < seen)
        {
            int before = Interlocked.CompareExchange(ref index, number, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
