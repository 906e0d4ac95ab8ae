using System.Text.Json.Serialization;

namespace IotGateway.Cloud.Forecasts;

/// <summary>Source-generated JSON of forecasts and scores, stored and answered.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Forecast))]
[JsonSerializable(typeof(ForecastScore[]))]
[JsonSerializable(typeof(ForecastsAnswer))]
[JsonSerializable(typeof(AsOfAnswer))]
internal sealed partial class ForecastJson : JsonSerializerContext;

/// <summary>Forecasts of a subject by kind, as the API gives them.</summary>
internal sealed record ForecastsAnswer(string Subject, IReadOnlyList<ForecastsOfKind> Kinds);

/// <summary>Forecasts of one kind with the scores of times that have come.</summary>
internal sealed record ForecastsOfKind(string Kind, IReadOnlyList<Forecast> Forecasts, IReadOnlyList<ForecastScore> Scores);

/// <summary>Forecasts of a subject as of an hour, of each hourly kind that can say something.</summary>
internal sealed record AsOfAnswer(string Subject, IReadOnlyList<AsOfForecast> Forecasts);
