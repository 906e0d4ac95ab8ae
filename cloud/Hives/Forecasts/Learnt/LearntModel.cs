using System.Text.Json;
using System.Text.Json.Serialization;

namespace IotGateway.Cloud.Hives.Forecasts.Learnt;

/// <summary>Model of hives as models/Learning wrote it; this assembly carries its artifact.</summary>
/// <param name="Format">The file's format; only <see cref="ThisFormat"/> is read.</param>
/// <param name="Name">The model's name.</param>
/// <param name="Version">Rises when what it says changes.</param>
/// <param name="Models">Its sums.</param>
internal sealed record LearntModel(int Format, string Name, string Version, LearntSums Models)
{
    private const int ThisFormat = 1;
    private const string Nobody = "none";

    /// <summary>The model that is carried.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="features">The names of the features that it will be given, in their order.</param>
    /// <exception cref="InvalidDataException">It is another model's, of another form, or takes other features.</exception>
    public static LearntModel Read(string name, IReadOnlyList<string> features)
    {
        using var stream = typeof(LearntModel).Assembly.GetManifestResourceStream($"{name}.json")
            ?? throw new FileNotFoundException($"The assembly does not carry the model {name}.");
        var model = JsonSerializer.Deserialize(stream, LearntJson.Default.LearntModel);
        return model is { Format: ThisFormat } && model.Name == name && model.Models.Features.SequenceEqual(features)
            && model.Models.Lines.All(l => l.Model.Coefficients.Count == features.Count)
                ? model
                : throw new InvalidDataException(
                    $"{name}.json has format {model?.Format}, the model {model?.Name} and the features "
                        + $"{string.Join(", ", model?.Models.Features ?? [])}; expected format {ThisFormat}, {name} and "
                        + $"{string.Join(", ", features)}, with a coefficient each.");
    }

    /// <summary>
    /// The sum for a hive: where the model has learnt from that very hive, the one that has not, so that its record stays one of forecasts.
    /// </summary>
    public LearntSum For(string hive, string target) =>
        Models.Lines.FirstOrDefault(l => l.HeldOut == hive && l.Target == target)
            ?? Models.Lines.First(l => l.HeldOut == Nobody && l.Target == target);

    /// <summary>The version as the record keeps it.</summary>
    public string VersionOf(LearntSum sum) => sum.HeldOut == Nobody ? Version : $"{Version}, this hive held out";
}

/// <summary>Sums of one model, by what was held out.</summary>
internal sealed record LearntSums(IReadOnlyList<string> Features, IReadOnlyList<LearntSum> Lines);

/// <summary>Weighted sum of features with the quantiles of its errors.</summary>
/// <param name="HeldOut">The hive that it has not seen, or <c>none</c>.</param>
/// <param name="Target">What it says.</param>
/// <param name="Model">Its weights.</param>
/// <param name="Low">The 10 % quantile of its errors on what was left out in turn.</param>
/// <param name="High">The 90 % quantile.</param>
internal sealed record LearntSum(string HeldOut, string Target, LearntWeights Model, double Low, double High)
{
    /// <summary>The sum of a row.</summary>
    public double At(double[] features)
    {
        var sum = Model.Intercept;
        for (var i = 0; i < features.Length; i++)
            sum += Model.Coefficients[i] * features[i];
        return sum;
    }
}

/// <summary>Weights of a sum, one a feature.</summary>
internal sealed record LearntWeights(double Intercept, IReadOnlyList<double> Coefficients);

/// <summary>Source-generated JSON of artifacts.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LearntModel))]
internal sealed partial class LearntJson : JsonSerializerContext;
