using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Forecasts.Runs;
using IotGateway.Cloud.Hives.Api;
using IotGateway.Cloud.Hives.Forecasts.ColonyBees;
using IotGateway.Cloud.Hives.Forecasts.FramesNow;
using IotGateway.Cloud.Hives.Forecasts.FramesOfBees;
using IotGateway.Cloud.Hives.Forecasts.ManyMites;
using IotGateway.Cloud.Hives.Forecasts.MitesAtWash;
using IotGateway.Cloud.Hives.Pages;
using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Hives.State.Past;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Hives.Weight;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Web;
using IotGateway.Cloud.Web.Layout;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IotGateway.Cloud.Hives;

/// <summary>Registration of the hives: their states by the rule, their API, their pages.</summary>
internal static class HivesRoom
{
    /// <summary>Adds the room; without <paramref name="judges"/> only what was said is shown.</summary>
    public static void AddHives(this WebApplicationBuilder builder, bool judges = true)
    {
        builder.Services.AddSingleton<StateStore>();
        builder.Services.AddSingleton<EventStore>();
        builder.Services.AddSingleton<WordRecords>();
        builder.Services.AddKeyedSingleton<RunCounters>(StateRuns.Counters);
        builder.AddVisits(judges);
        builder.Services.AddSingleton<HiveWeights>();
        builder.Services.AddSingleton<LastDays>();
        builder.Services.AddSingleton<IForecastKind, FramesNowKind>();
        builder.Services.AddSingleton<IForecastKind, FramesOfBeesKind>();
        builder.Services.AddSingleton<IForecastKind, MitesAtWashKind>();
        builder.Services.AddSingleton<IForecastKind, ManyMitesKind>();
        builder.Services.AddSingleton<IForecastKind, ColonyBeesKind>();
        if (judges)
            builder.Services.AddHostedService<StateRuns>();
        builder.Services.AddSingleton(new NavigationEntry("hives", "Hives", "/", Order: 10));
    }

    public static void MapHives(this IEndpointRouteBuilder routes)
    {
        var answers = routes.WithAnswerHeaders();
        answers.MapHivesApi();
        answers.MapSeries();
        answers.MapStates();
        answers.MapVisits();
        answers.MapWeight();
        answers.MapDayWeight();

        var pages = routes.AsPages();
        pages.MapGet("/", () => new RazorComponentResult<HiveListPage>());
        pages.MapGet("/hives/{id}", (string id, string? range, Apiary apiary) =>
            apiary.FindHive(id) is null
                ? (IResult)PageRoutes.NotFound()
                : new RazorComponentResult<HivePage>(new { Id = id, Range = ChartSpan.Of(range).Key }));
    }
}
