using IotGateway.Cloud.Data;
using IotGateway.Cloud.Data.Aws;
using IotGateway.Cloud.Erasure;
using IotGateway.Cloud.Forecasts.Api;
using IotGateway.Cloud.Forecasts.Documents;
using IotGateway.Cloud.Forecasts.Kinds.NestTemperature;
using IotGateway.Cloud.Forecasts.Pages;
using IotGateway.Cloud.Forecasts.Record;
using IotGateway.Cloud.Forecasts.Runs;
using IotGateway.Cloud.Forecasts.Serving;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Observations.Dynamo;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Web;
using IotGateway.Cloud.Web.Layout;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IotGateway.Cloud.Forecasts;

/// <summary>Registration of the forecasts: kinds, hourly runs, the store of all that is said of subjects, and its record.</summary>
internal static class ForecastsRoom
{
    /// <summary>Adds the room; without <paramref name="runs"/> nothing is forecast here.</summary>
    public static void AddForecasts(this WebApplicationBuilder builder, bool runs = true)
    {
        var observations = ObservationsOptions.Read(builder.Configuration);
        var services = builder.Services;
        services.AddSingleton<ITimedDocuments>(p => observations.InDynamo
            ? new DynamoTimedDocuments(
                p.GetRequiredService<DynamoDatabase>(), observations.RetainMonths, p.GetRequiredService<TimeProvider>())
            : LiteTimedDocuments.Open(
                p.GetRequiredService<DataFolder>().Forecasts, p.GetRequiredService<TimeProvider>(),
                p.GetRequiredService<ILogger<LiteTimedDocuments>>(), p.GetService<DamagedStores>()));
        services.AddSingleton<ForecastStore>();
        services.AddSingleton<Scorer>();
        services.AddSingleton<IForecastKind, NestTemperatureKind>();
        services.AddSingleton<OnDemandForecasts>();
        services.AddSingleton<RecordedKinds>();
        services.AddSingleton<KnownSubjects>();
        services.AddSingleton<RecordReader>();
        services.AddSingleton(new NavigationEntry("record", "Record", "/record", Order: 15));
        services.AddKeyedSingleton<RunCounters>(ForecastRuns.Counters);
        services.AddSingleton<SaidErasure>();
        services.AddSingleton<IErasable>(p => p.GetRequiredService<SaidErasure>());
        services.AddSingleton<IErasable>(p => new SetAsideFiles(p.GetRequiredService<DataFolder>().Forecasts));
        services.AddSingleton<IRetained>(p => p.GetRequiredService<SaidErasure>());
        if (ServingOptions.Read(builder.Configuration) is { Endpoint.Length: > 0 } serving)
            services.AddServing(serving, AwsOptions.Read(builder.Configuration));
        if (runs)
            services.AddHostedService<ForecastRuns>();
    }

    public static void MapForecasts(this IEndpointRouteBuilder routes)
    {
        var answers = routes.WithAnswerHeaders();
        answers.MapForecastsApi();
        answers.MapRecordApi();

        var pages = routes.AsPages();
        pages.MapGet("/record", () => new RazorComponentResult<RecordPage>());
        foreach (var of in routes.ServiceProvider.GetRequiredService<KnownSubjects>().Kinds)
        {
            pages.MapGet($"/{of}s/{{id}}/forecasts/{{kind}}", (
                string id, string kind, string? at, KnownSubjects subjects, RecordedKinds kinds) =>
                Page(subjects.Find(new SubjectId(of, id)), kinds.Of(of).FirstOrDefault(k => k.Name == kind), at));
        }
    }

    private static void AddServing(this IServiceCollection services, ServingOptions serving, AwsOptions aws)
    {
        services.AddSingleton(serving);
        services.AddSingleton(p => new SageMakerEndpoint(serving, aws, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<EndpointModel>();
    }

    private static IResult Page(Subject? subject, RecordedKind? kind, string? at) =>
        subject is null || kind is null ? PageRoutes.NotFound()
        : at is null or "" ? new RazorComponentResult<ForecastPage>(new { Of = subject.Key.Kind, subject.Id, Kind = kind.Name })
        : Parameters.Time(at, default) is { } time
            ? new RazorComponentResult<ForecastPage>(new { Of = subject.Key.Kind, subject.Id, Kind = kind.Name, At = time })
        : Problem.BadParameter("at", at, Parameters.TimeExpected);
}
