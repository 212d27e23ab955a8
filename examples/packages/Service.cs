#:sdk Microsoft.NET.Sdk.Web
#:package Boltzmann@0.1.0
#:property PublishAot=false
// A web service over any trained model: rows come in as JSON, predictions go out; rows that do not fit are answered by 400 and one line.
// dotnet run Service.cs -- --model flowers.safetensors --urls http://127.0.0.1:5000
// curl -H 'content-type: application/json' -d '{ "rows": [[1.4, 0.2], [4.7, 1.5]] }' http://127.0.0.1:5000/predict
using Boltzmann;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddProblemDetails();
// One model for all requests: any number of threads may ask it at once.
builder.Services.AddSingleton(TrainedModel.Load(builder.Configuration["model"] ?? "flowers.safetensors"));
WebApplication app = builder.Build();
app.UseStatusCodePages();

app.MapGet("/model", (TrainedModel model) => new { Name = model.ToString(), model.ColumnNames, model.Classes });
app.MapPost("/predict", (Question question, TrainedModel model) =>
{
    try
    {
        return Results.Ok(model.Predict(question.Rows));
    }
    catch (BadInputException e)
    {
        return Results.Problem(e.Message, statusCode: StatusCodes.Status400BadRequest, title: "The rows do not fit the model.");
    }
});
app.Run();

record Question(double[][] Rows);
