//! Databases by way of the server's own manager, over RPC or its web pages. Nothing that it says is believed before the list, or a
//! sign-in, has confirmed it. It cannot lock a database: the gate alone closes a panel here.

use std::path::Path;

use async_trait::async_trait;
use serde_json::json;
use shared::billing::gauge::Sample;
use shared::time::Timestamp;

use super::driver::{Door, Driver, Site, refused};
use super::furnish;
use super::identity::{CLIENT_ID, KNOWN_TO_ALL};
use super::line::Patience;
use super::names::Name;
use super::people;
use super::records::{Person, Records, id, service};
use super::signing::{SignIn, sign_in};
use super::verbs::{Told, Verbs, master};
use super::version::Version;
use crate::port::Unknown;
use crate::port::host::{DatabaseSeen, Dumped, HostError, Identity, Measured};

/// One server with its manager.
pub(super) struct Managed {
    pub(super) site: Site,
    pub(super) version: Version,
    pub(super) verbs: Box<dyn Verbs>,
}

impl Managed {
    async fn listed(&self, name: &str) -> Result<bool, HostError> {
        Ok(self.verbs.list(&self.site, Some(name)).await?.iter().any(|it| it == name))
    }

    async fn records<'a>(&'a self, name: &'a Name, patience: Patience) -> Result<Records<'a>, HostError> {
        Records::open(&self.site, name, &self.version, service(&self.site)?, patience).await
    }

    /// What is neither listed nor dropped is gone, or closed to everybody, the manager too: those two look alike until somebody knocks.
    async fn confirm_gone(&self, name: &Name) -> Result<(), HostError> {
        match sign_in(&self.site, name.as_str(), "nobody", "nothing", Patience::Look).await? {
            SignIn::Gone => Ok(()),
            SignIn::Shut => {
                refused("the database is closed to everybody, and the server does not drop such a one: reopen it")
            }
            SignIn::Nobody | SignIn::Person(_) => refused("the database is there, and the server does not list it"),
        }
    }

    /// What was begun is taken away; only then the no is a no.
    async fn give_up(&self, at: &Name, why: String) -> HostError {
        match self.remove(at).await {
            Ok(()) => HostError::Refused(why),
            Err(left) => Unknown::new(format!("{why}; and what was made is still there: {left}")).into(),
        }
    }

    /// What came of making a database, made whole: everything undone unless it is exactly what was wanted.
    async fn finished(&self, at: &Name, made: Result<(), HostError>) -> Result<(), HostError> {
        match made {
            Err(HostError::Refused(why)) => Err(self.give_up(at, why).await),
            done => done,
        }
    }

    async fn make(&self, at: &Name, template: &str, identity: &Identity) -> Result<(), HostError> {
        let owner = Person { login: &identity.owner.login, password: &identity.owner.password };
        let told = if template.is_empty() {
            self.verbs.create(&self.site, at, owner).await?
        } else {
            self.verbs.duplicate(&self.site, template, at).await?
        };
        if let Told::No(why) = told {
            return refused(why);
        }
        if template.is_empty() {
            // The server says that it was made also when nothing but the default administrator was.
            self.lets_in(at, owner).await?;
            furnish::from_nothing(&self.site, &self.version, at, owner).await?;
        }
        let records = self.records(at, Patience::Work).await?;
        furnish::as_ours(&records, identity).await?;
        self.lets_in(at, owner).await?;
        for (login, password) in KNOWN_TO_ALL {
            if self.knock(at, login, password).await? != SignIn::Nobody {
                return refused(format!("{login} would be let in with a password that everybody knows"));
            }
        }
        Ok(())
    }

    async fn hand_over(&self, at: &Name, identity: &Identity) -> Result<(), HostError> {
        let records = self.records(at, Patience::Work).await?;
        furnish::as_another(&records, identity).await
    }

    async fn knock(&self, at: &Name, login: &str, password: &str) -> Result<SignIn, HostError> {
        sign_in(&self.site, at.as_str(), login, password, Patience::Work).await
    }

    async fn lets_in(&self, at: &Name, owner: Person<'_>) -> Result<(), HostError> {
        match self.knock(at, owner.login, owner.password).await? {
            SignIn::Person(_) => Ok(()),
            SignIn::Nobody => refused("the server said that the database was made, and its owner is not let in"),
            SignIn::Gone | SignIn::Shut => refused("the server said that the database was made, and it is not there"),
        }
    }

    async fn look(&self, name: &Name) -> Result<Measured, HostError> {
        let records = self.records(name, Patience::Look).await?;
        let service = service(&self.site)?.login;
        let users = people::count(&records, service).await.ok();
        let last_active_at: Option<Timestamp> = people::last_seen(&records).await.ok().flatten();
        // The server tells nobody over this wire how large a database is.
        Ok(Measured { sample: Sample { users, storage_bytes: None }, last_active_at })
    }
}

#[async_trait]
impl Driver for Managed {
    fn word(&self) -> &'static str {
        self.verbs.word()
    }

    fn locks(&self) -> bool {
        false
    }

    async fn version(&self) -> Result<Version, HostError> {
        Ok(self.version.clone())
    }

    fn lists_closed(&self) -> bool {
        false
    }

    async fn databases(&self) -> Result<Vec<DatabaseSeen>, HostError> {
        let names = self.verbs.list(&self.site, None).await?;
        // Closed ones and marked templates are not in the list; a template that is open looks like a panel.
        Ok(names.into_iter().map(|name| DatabaseSeen { name, closed: Some(false), template: None }).collect())
    }

    async fn database_bytes(&self) -> Option<i64> {
        None
    }

    async fn measure(&self, name: &Name) -> Measured {
        self.look(name).await.unwrap_or_default()
    }

    async fn close(&self, _name: &Name) -> Result<(), HostError> {
        Ok(())
    }

    async fn open(&self, _name: &Name) -> Result<(), HostError> {
        Ok(())
    }

    async fn build(&self, at: &Name, template: &str, identity: &Identity) -> Result<(), HostError> {
        master(&self.site)?;
        service(&self.site)?;
        // Copying sends everybody away from what is copied: never from something that people can reach.
        if !template.is_empty() && self.listed(template).await? {
            return refused(
                "the template is open, and copying it would send its users away: close it, or mark it as a template",
            );
        }
        self.remove(at).await?;
        let made = self.make(at, template, identity).await;
        self.finished(at, made).await
    }

    async fn adopt(&self, name: &Name, identity: &Identity) -> Result<Option<String>, HostError> {
        let records = match self.records(name, Patience::Work).await {
            Ok(records) => records,
            // It may have no service person: its people sign in at the front door.
            Err(HostError::Refused(why)) => return Ok(Some(why)),
            Err(unknown) => return Err(unknown),
        };
        furnish::as_adopted(&records, identity).await.map(|()| None)
    }

    async fn rename(&self, from: &Name, to: &Name) -> Result<(), HostError> {
        master(&self.site)?;
        match (self.listed(from.as_str()).await?, self.listed(to.as_str()).await?) {
            (true, true) => return refused("there are databases of both names"),
            (false, false) => return refused("there is no open database of either name"),
            (false, true) => return Ok(()),
            (true, false) => {}
        }
        let told = self.verbs.rename(&self.site, from, to).await?;
        let moved = self.listed(to.as_str()).await? && !self.listed(from.as_str()).await?;
        match told {
            _ if moved => Ok(()),
            Told::Done => Err(Unknown::new("the server said that it was renamed, and does not list it so").into()),
            Told::No(why) => refused(why),
        }
    }

    async fn remove(&self, name: &Name) -> Result<(), HostError> {
        master(&self.site)?;
        if !self.listed(name.as_str()).await? {
            return self.confirm_gone(name).await;
        }
        let told = self.verbs.drop_it(&self.site, name).await?;
        match (told, self.listed(name.as_str()).await?) {
            (_, false) => self.confirm_gone(name).await,
            (Told::Done, true) => Err(Unknown::new("the server said that it was dropped, and lists it").into()),
            (Told::No(why), true) => refused(why),
        }
    }

    async fn dump(&self, name: &Name, into: &Path) -> Result<Dumped, HostError> {
        master(&self.site)?;
        match self.verbs.dump(&self.site, name, into).await? {
            // The manager leaves out what it does not find, and says nothing of it.
            Told::Done => Ok(Dumped { missing_files: None }),
            Told::No(why) => refused(why),
        }
    }

    async fn is_gone(&self, name: &Name) -> Result<bool, HostError> {
        if self.listed(name.as_str()).await? {
            return Ok(false);
        }
        match sign_in(&self.site, name.as_str(), "nobody", "nothing", Patience::Look).await? {
            SignIn::Gone => Ok(true),
            SignIn::Shut | SignIn::Nobody | SignIn::Person(_) => Ok(false),
        }
    }

    async fn load(&self, at: &Name, from: &Path, identity: Option<&Identity>) -> Result<(), HostError> {
        master(&self.site)?;
        if identity.is_some() {
            service(&self.site)?;
        }
        self.remove(at).await?;
        let told = self.verbs.load(&self.site, at, from).await?;
        let made = match (told, self.listed(at.as_str()).await?) {
            (Told::No(why), _) => refused(why),
            (Told::Done, true) => match identity {
                Some(identity) => self.hand_over(at, identity).await,
                None => Ok(()),
            },
            (Told::Done, false) => {
                Err(Unknown::new("the server said that it was restored, and does not list it").into())
            }
        };
        self.finished(at, made).await
    }

    async fn door(&self, name: &Name) -> Result<Door, HostError> {
        let records = self.records(name, Patience::Look).await?;
        let ours = json!([["client_id", "=", CLIENT_ID]]);
        let row = records.first("auth.oauth.provider", ours, &["id"]).await;
        let row = row.map_err(|fault| fault.told("looking for the way in"))?;
        match row.as_ref().and_then(id) {
            Some(provider) => Ok(Door { provider, version: self.version.clone() }),
            None => refused("the panel does not know us as a provider of sign-ins: adopt it again"),
        }
    }
}
