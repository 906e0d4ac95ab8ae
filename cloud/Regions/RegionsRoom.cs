using IotGateway.Cloud.Regions.Pages;
using IotGateway.Cloud.Regions.Runs;
using IotGateway.Cloud.Web;
using IotGateway.Cloud.Web.Layout;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IotGateway.Cloud.Regions;

/// <summary>Registration of what is said of states: losses and Varroa in the next quarter, for farmers and those who advise them.</summary>
internal static class RegionsRoom
{
    /// <summary>Adds the room; without <paramref name="runs"/> nothing is kept or scored here.</summary>
    public static void AddRegions(this WebApplicationBuilder builder, bool runs = true)
    {
        var services = builder.Services;
        services.AddSingleton(new NavigationEntry("regions", "Regions", "/regions", Order: 50));
        services.AddSingleton(RegionKind.States());
        foreach (var kind in RegionKind.All)
            services.AddSingleton(kind.Record);
        services.AddSingleton(RegionsOptions.Read(builder.Configuration));
        services.AddSingleton<SurveyFault>();
        if (runs)
            services.AddHostedService<RegionRuns>();
    }

    /// <summary><c>GET /api/regions</c>: every model's outlook; <c>/regions</c> is its page.</summary>
    public static void MapRegions(this IEndpointRouteBuilder routes)
    {
        routes.WithAnswerHeaders()
            .MapGet("/api/regions", () => Results.Json(RegionOutlooks.All, RegionJson.Default.IReadOnlyListRegionOutlook));
        routes.AsPages().MapGet("/regions", () => new RazorComponentResult<RegionsPage>());
    }
}
