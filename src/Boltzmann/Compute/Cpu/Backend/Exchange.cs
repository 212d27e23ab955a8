using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// Times how long a word takes there and back between the first thread and a few others; a part for each thread of a team. Bare loops, as
/// pauses would round the times; each gives up soon, as the partner may sleep.
/// </summary>
/// <param name="words">One for each of <paramref name="partners"/>.</param>
/// <param name="partners">Threads to pass a word to; 0 for none.</param>
struct Exchange(ExchangeWord[] words, int[] partners) : IJob
{
    const int Bursts = 4, Rounds = 12;

    /// <summary>20–40 µs for an answer. Partners wait longer: until those before them have had their turn.</summary>
    const int LooksForAnswer = 20_000, LooksForQuestion = 80_000;

    /// <summary>The longest time, in ticks, of those who answered; the best of a few bursts counts. 0 if nobody answered.</summary>
    public double Longest { get; private set; }

    public void Execute(int part)
    {
        if (part == 0)
            for (int i = 0; i < words.Length; i++)
            {
                if (partners[i] > 0) Longest = Math.Max(Longest, Ask(ref words[i].Value));
            }
        else if (Array.IndexOf(partners, part) is int i and >= 0) Answer(ref words[i].Value);
    }

    // Called too seldom to be compiled well otherwise: times doubled.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static double Ask(ref long word)
    {
        long best = long.MaxValue, question = 1;
        for (int burst = 0; burst < Bursts; burst++)
        {
            long begin = Ticks.Now;
            for (int round = 0; round < Rounds; round++, question += 2)
            {
                Volatile.Write(ref word, question);
                int looks = 0;
                while (Volatile.Read(ref word) == question)
                {
                    if (++looks < LooksForAnswer) continue;
                    Volatile.Write(ref word, -1);
                    return 0;
                }
            }
            // The first burst also waits for the partner to come.
            best = Math.Min(best, Ticks.Now - begin);
        }
        Volatile.Write(ref word, -1);
        return (double)best / Rounds;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Answer(ref long word)
    {
        for (int looks = 0; looks < LooksForQuestion; looks++)
        {
            long question = Volatile.Read(ref word);
            if (question < 0) return;
            if ((question & 1) == 0) continue;
            Volatile.Write(ref word, question + 1);
            looks = 0;
        }
    }
}
