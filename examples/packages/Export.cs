#:package Boltzmann.Onnx@0.1.0
#:property PublishAot=false
// Writes what Table.cs learned as a file for any ONNX runtime, the scaling of the columns inside.
using Boltzmann.Onnx;

OnnxModel model = OnnxModel.From("petals.safetensors");        // a model file, a checkpoint, or the folder of a run
Console.WriteLine($"{string.Join(", ", model.Inputs)} -> {string.Join(", ", model.Outputs)}");
Console.WriteLine($"columns {model.Metadata["columns"]}, classes {model.Metadata["classes"]}");
model.Save("petals.onnx");
return model.Outputs is [{ Name: "probabilities", Columns: 2 }, { Name: "class" }] ? 0 : 1;
