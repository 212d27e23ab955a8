#:project ../src/Boltzmann
// Draws icon.png of the packages: spins of a grid near the temperature at which islands of all sizes form (Onsager 1944).
// dotnet run packaging/Icon.cs, in the folder of the solution.
using Boltzmann;
using Boltzmann.Reporting;
using Boltzmann.Sampling;

const int Cells = 16, Side = 128, Sweeps = 400;
var grid = BoltzmannMachine.Grid(Cells, Cells);
grid.VisibleWeights.Fill(0.5 * Math.Log(1 + Math.Sqrt(2)));
var rng = new Rng(7);
var state = new State(grid, 1);
Gibbs.Start(grid, state, rng);
Gibbs.Sweep(grid, state, Sweeps, rng);

double[] spins = state[0].ReadRow(0);
(byte R, byte G, byte B) up = (0x1b, 0x3a, 0x6b), down = (0xf2, 0xb1, 0x34);
var pixels = new byte[3 * Cells * Cells];
for (int i = 0; i < spins.Length; i++)
    (pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]) = spins[i] > 0 ? up : down;
File.WriteAllBytes(Path.Combine("packaging", "icon.png"), Png.Encode(new PixelImage(Cells, Cells, 3, pixels).Enlarged(Side / Cells)));
