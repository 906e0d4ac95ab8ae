namespace IotGateway.Cloud.Sites;

/// <summary>The room's entry: the sites and hives, checked.</summary>
internal static class SitesRoom
{
    public static Apiary AddSites(this WebApplicationBuilder builder)
    {
        var apiary = Apiary.From(ApiaryOptions.Read(builder.Configuration));
        builder.Services.AddSingleton(apiary);
        return apiary;
    }
}
