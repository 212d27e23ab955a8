using System.Runtime.CompilerServices;

namespace Boltzmann.Tests.Rooms;

/// <summary>The program is a client of the library like any other.</summary>
public class ProgramTests
{
    [Fact]
    public void The_program_sees_no_internals_of_the_library() => Assert.DoesNotContain("Boltzmann.Cli",
        typeof(TrainedModel).Assembly.GetCustomAttributes(typeof(InternalsVisibleToAttribute), false)
            .Cast<InternalsVisibleToAttribute>().Select(friend => friend.AssemblyName));
}
