namespace Boltzmann.Tests;
public class SmokeTests { [Fact] public void A_matrix_keeps_its_entries() => Assert.Equal(3.0, Matrix.Row([1, 2, 3])[0, 2]); }
