extension RequestHandler {
    func commInfo(of target: String?, _ inquiry: Inquiry) {
        let members = comms.comms(of: target).map { comm -> (String, JSON) in
            (comm.identifier, ["target_name": .string(comm.targetName)])
        }
        reply(inquiry, ["status": "ok", "comms": .object(.init(uniqueKeysWithValues: members))])
    }
}
